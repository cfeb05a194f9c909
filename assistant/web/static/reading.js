// Brings a cited quote into view, however long the passage above it is.
"use strict";

// After the load event, since the browser goes to the address's own anchor before.
window.addEventListener("load", () => {
  const cited = document.getElementById("cited");
  if (!cited) return;
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
});
