/** Puts bytes into the downloads folder. */
export function downloadBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of the blob once the click's task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
