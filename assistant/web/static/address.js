// Says so where the chat page was opened at an address that its questions are not taken from.
"use strict";

{
  const place = document.getElementById("elsewhere");
  const own = place.dataset.origins.split(" ").filter(Boolean);

  const linkTo = (origin) => {
    const link = document.createElement("a");
    link.href = new URL(location.pathname, origin);
    link.textContent = origin;
    return link;
  };

  if (!own.includes(location.origin)) {
    const links = own.flatMap((origin, at) => (at ? [" or ", linkTo(origin)] : [linkTo(origin)]));
    const open = own.length ? ["Please open it at ", ...links, "."] : ["It does not know its own address."];
    const here = `This page was opened at ${location.origin}, and the assistant takes no questions from there. `;
    const remedy = ` To have it answer here too, whoever runs it adds ${location.origin} to ASSISTANT_ORIGIN.`;
    place.append(here, ...open, remedy);
    place.hidden = false;
  }
}
