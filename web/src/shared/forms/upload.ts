import type { Stored } from "@/api";
import { http } from "@/shared/http/client";

/** Stores a file that belongs to something (pictures, PDF, Word, Excel) and gives its id. */
export async function uploadAttachment(file: File, purpose = "attachment"): Promise<Stored> {
  const form = new FormData();
  form.append("file", file);
  form.append("purpose", purpose);
  return http.post<Stored>("kernel/files", form);
}

/** Stores a picture and gives its id. */
export async function uploadPhoto(file: File): Promise<Stored> {
  const form = new FormData();
  form.append("file", file);
  return http.post<Stored>("kernel/files", form);
}
