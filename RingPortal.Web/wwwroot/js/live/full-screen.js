// Full screen, in which the controls leave after a while and come back with any sign of life.

const quietAfter = 3000;
let quiet;

export const fullScreen = (element, video) => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (element.requestFullscreen) element.requestFullscreen().catch(() => {});
  else video?.webkitEnterFullscreen?.();
};

const awake = () => {
  const full = document.fullscreenElement;
  if (!full) return;
  full.classList.remove("rp-quiet");
  clearTimeout(quiet);
  quiet = setTimeout(() => full.classList.add("rp-quiet"), quietAfter);
};

for (const sign of ["pointermove", "pointerdown", "keydown", "touchstart", "fullscreenchange"]) document.addEventListener(sign, awake, { passive: true });
