import { onScopeDispose, shallowRef } from "vue";

export interface Position {
  point: [number, number];
  /** Radius in metres within which the device believes to be. */
  accuracy: number;
  at: string;
}

type Trouble = "denied" | "none" | null;

/** Where the phone is. It is asked only while a page needs it, never waited for, and never kept. */
export function usePosition() {
  const position = shallowRef<Position | null>(null);
  const trouble = shallowRef<Trouble>(null);
  if (!("geolocation" in navigator)) {
    trouble.value = "none";
    return { position, trouble };
  }
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      position.value = { point: [coords.longitude, coords.latitude], accuracy: coords.accuracy, at: new Date(timestamp).toISOString() };
      trouble.value = null;
    },
    (error) => (trouble.value = error.code === error.PERMISSION_DENIED ? "denied" : "none"),
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 },
  );
  onScopeDispose(() => navigator.geolocation.clearWatch(watch));
  return { position, trouble };
}
