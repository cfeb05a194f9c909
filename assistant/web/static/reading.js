// Brings a cited quote into view, however long the passage above it is, and gives paper whole addresses.
"use strict";

for (const link of document.querySelectorAll(".origin .original")) link.dataset.address = link.href;

// After the load event, since the browser goes to the address's own anchor before.
window.addEventListener("load", () => {
  const cited = document.getElementById("cited");
  if (!cited) return;
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
});
