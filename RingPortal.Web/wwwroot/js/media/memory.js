// What was fetched, so that nothing is fetched twice. Beyond so many entries the oldest that nobody looks at are let go.

export class Memory {
  entries = new Map();

  constructor(most, make, isShown) { Object.assign(this, { most, make, isShown }); }

  of(key) {
    if (!this.entries.has(key)) this.entries.set(key, this.make());
    return this.entries.get(key);
  }

  forget(kept) {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= this.most) return;
      if (key === kept || entry.busy || this.isShown(key)) continue;
      for (const address of [entry.url, entry.image?.url, entry.clip?.url]) if (address) URL.revokeObjectURL(address);
      this.entries.delete(key);
    }
  }
}
