import type { Stored } from "@/api";
import { http } from "@/shared/http/client";

/** Stores a picture and gives its id. */
export async function uploadPhoto(file: File): Promise<Stored> {
  const form = new FormData();
  form.append("file", file);
  return http.post<Stored>("kernel/files", form);
}
