import { digestOf, type QueuedPhoto } from "./items";

const LONGEST = 1920;
const QUALITY = 0.82;

function scaled(width: number, height: number): [number, number] {
  const factor = Math.min(1, LONGEST / Math.max(width, height));
  return [Math.round(width * factor), Math.round(height * factor)];
}

/** Makes a picture small enough for a bad network. A picture that the browser cannot read is sent as it is. */
async function shrink(file: Blob): Promise<Blob> {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const [width, height] = scaled(image.width, image.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
    image.close();
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

/** `crypto.subtle` needs a secure context; without it the picture is simply uploaded again. */
async function digest(bytes: Blob): Promise<string> {
  if (!crypto.subtle) return "";
  return digestOf(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer()));
}

export async function takePhoto(file: Blob, role: string): Promise<QueuedPhoto> {
  const bytes = await shrink(file);
  return { sha256: await digest(bytes), mime: bytes.type || "image/jpeg", bytes, role, capturedAt: new Date().toISOString(), file: null };
}
