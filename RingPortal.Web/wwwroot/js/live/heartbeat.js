// Says each ten seconds that somebody watches, and hears from the answer what ended elsewhere.

import * as relay from "./relay.js";

const every = 10000;

export class Heartbeat {
  constructor(session, { isSeen, over }) {
    [this.session, this.over] = [session, over];
    this.timer = setInterval(() => this.beat(isSeen()), every);
  }

  async beat(frames) {
    try {
      const answer = await relay.beat(this.session, frames);
      if (this.isStopped) return;
      if (answer.status === 410) this.over((await answer.json()).code);
      // Even the memory of it is gone: the camera is no longer shared.
      else if (answer.status === 404) this.over("removed");
      else if (answer.status === 401) location.reload();
    } catch {
      // The portal notices silence by itself; pictures do not come from it.
    }
  }

  stop() {
    this.isStopped = true;
    clearInterval(this.timer);
  }
}
