// Starts Blazor. Until the circuit is there, a link is a plain link: Blazor would exchange the document's content under the
// circuit that is being made, which then draws the page that it was asked for, and the reader is back where he was.

Blazor.start({ ssr: { disableDomPreservation: true } });
