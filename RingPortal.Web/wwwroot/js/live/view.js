// What a player shows. The page draws every state once and sets data-base; data-state is set here.

import { announce, fill } from "../words.js";

const around = 2 * Math.PI * 11;

export class View {
  state = null;
  muted = true;

  // The circuit may draw the page anew while a picture plays: the player moves into the new element.
  attach(root) {
    this.root = root;
    this.video = root.querySelector("video");
    this.held = root.querySelector("canvas");
    // Sound starts off; an attribute set by script does not mute.
    this.video.muted = this.muted;
  }

  get texts() { return this.root.dataset; }
  get isOnPage() { return this.root.isConnected; }
  get hasPicture() { return this.video.videoWidth > 0; }
  get isShown() { return this.state === "live" || this.state === "ending"; }
  get hasFocus() { return this.root.contains(document.activeElement); }

  focus() { if (this.isOnPage) this.root.focus({ preventScroll: true }); }

  set(state, words, facts) {
    this.state = state;
    this.paint(facts);
    if (words) announce(words);
  }

  paint({ battery, take }) {
    if (this.state) this.root.dataset.state = this.state;
    else delete this.root.dataset.state;
    this.video.hidden = !this.isShown;
    this.root.querySelector("[data-live-act=sound]")?.setAttribute("aria-pressed", String(!this.video.muted));
    const can = { pip: document.pictureInPictureEnabled, full: this.root.requestFullscreen || this.video.webkitEnterFullscreen, battery, take };
    for (const part of this.root.querySelectorAll("[data-needs]")) part.hidden = part.dataset.needs in can && !can[part.dataset.needs];
  }

  play(stream) {
    this.video.srcObject = stream;
    if (stream) this.video.play().catch(() => {});
  }

  // The last frame stays until the next picture.
  hold() {
    if (!this.hasPicture) return;
    [this.held.width, this.held.height] = [this.video.videoWidth, this.video.videoHeight];
    this.held.getContext("2d").drawImage(this.video, 0, 0);
    this.held.hidden = false;
  }

  letGo() { this.held.hidden = true; }

  countDown(limit) {
    this.root.querySelector("[data-left]").textContent = fill(this.texts.textLeft, { n: limit.left });
    this.root.querySelector("[data-ring]").setAttribute("stroke-dasharray", `${around * limit.share} ${around}`);
  }

  tellLost(words) { this.root.querySelector("[data-lost]").textContent = words; }

  toggleSound() { this.muted = this.video.muted = !this.video.muted; }

  togglePip() {
    if (!this.video.hidden) (document.pictureInPictureElement ? document.exitPictureInPicture() : this.video.requestPictureInPicture?.())?.catch(() => {});
  }
}
