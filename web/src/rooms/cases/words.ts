/** Codes that the server uses; their words stand in the locale files. */
export const CHANNELS = ["hotline", "patrol", "resident", "sensor", "camera", "leader", "open311", "desk", "district", "import"] as const;
export const LIGHTS = ["red", "amber", "blue", "green", "grey"] as const;
