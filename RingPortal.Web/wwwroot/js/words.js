// Words of the page: texts come from the server, with {names} for what only the browser knows.

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// The first element of the region is ours; what stands beside it belongs to the circuit.
export const announce = text => {
  const region = document.getElementById("rp-status");
  if (region) (region.firstElementChild ?? region).textContent = text;
};
