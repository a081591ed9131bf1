import { ask, http } from "@/shared/http/client";
import { Problem } from "@/shared/http/problem";
import type { Me, Stored } from "@/api";
import type { QueuedPhoto } from "./items";
import type { Wire } from "./sender";

async function known(sha256: string): Promise<string | null> {
  try {
    const there = await http.get<Stored>(`kernel/files/by-digest/${sha256}`);
    return there.attached ? null : there.id;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

async function upload(photo: QueuedPhoto): Promise<string> {
  const form = new FormData();
  form.append("file", photo.bytes, `${photo.role}.${photo.mime.split("/")[1] ?? "jpg"}`);
  return (await ask<Stored>("POST", "kernel/files", { body: form })).data.id;
}

async function person(): Promise<string | null> {
  try {
    return (await http.get<Me>("accounts/me")).person.id;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export const wire: Wire = { known, upload, person, post: (path, body, key) => http.post(path, body, key) };
