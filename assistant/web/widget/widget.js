// What a partner's page loads: <policy-assistant>, which asks nothing of any server until it is opened.
(() => {
  const script = document.currentScript;
  const HOST = new URL(script.src).origin;
  const NAME = "policy-assistant";
  const WORDS = {
    en: { label: "Ask the policy library", missing: "Open it in a new tab" },
    es: { label: "Pregunte a la biblioteca", missing: "Ábrala en otra pestaña" },
  };
  const PHONE = matchMedia("(max-width: 40rem), (max-height: 30rem)");
  const LOOK = `
    :host { display: block }
    .all { all: initial; font: 600 1rem/1.3 system-ui, sans-serif }
    .all * { box-sizing: border-box; font: inherit }
    button { display: flex; align-items: center; gap: .5rem; min-height: 3rem; padding: .5rem 1.1rem .5rem .7rem;
      border: 2px solid var(--on); border-radius: 2rem; color: var(--on); background: var(--accent); cursor: pointer }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 9px #fff }
    button::before { content: ""; flex: none; border: 16px solid;
      clip-path: path("M8 21c0-6 2-9 6-11v3c-2 1-3 2-3 4h3v6H8zm10 0c0-6 2-9 6-11v3c-2 1-3 2-3 4h3v6h-6z") }
    .launcher, dialog { position: fixed; z-index: 2147483647; inset-block: auto 1rem; inset-inline: auto 1rem; box-shadow: 0 2px 16px #0006 }
    dialog { inset-block: auto 5rem; margin: 0; width: 26rem; height: min(42rem, 100dvh - 6rem) }
    :host([data-position=start]) :is(button, dialog) { inset-inline: 1rem auto }
    dialog, section { padding: 0; border: 1px solid #8b8f8c; border-radius: .75rem; overflow: hidden; background: Canvas; color: CanvasText }
    dialog:modal { inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; border: 0; border-radius: 0 }
    section { position: relative; height: 36rem }
    a, iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0 }
    a { padding: 2rem; color: inherit; background: Canvas }
    @media print { .launcher, dialog { display: none } }`;

  /** Black or white, whichever has the higher contrast on a colour #rrggbb. */
  const textOn = (colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
  };

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };

  class PolicyAssistant extends HTMLElement {
    #all;
    #button;
    #panel; // the <dialog> of a launcher, or the <section> of an assistant within the page
    #frame;
    #waiting = []; // until it listens
    #isOpen = false;
    #before;

    connectedCallback() {
      if (this.#all) return;
      const { site, accent = "", lang = document.documentElement.lang, label } = this.dataset;
      const language = lang.slice(0, 2);
      const words = WORDS[language] || WORDS.en;
      const colour = /^#[\da-f]{6}$/i.test(accent) ? accent : "";
      if (!site || colour !== accent) console.error("data-site is needed; data-accent looks like #14505c");
      const name = label || words.label;

      this.#button = make("button", {}, name);
      this.#button.onclick = () => (this.#isOpen ? this.close() : this.open());
      this.#panel = make(this.#isLauncher ? "dialog" : "section", { "aria-label": name });
      this.#panel.append(make("a", { href: HOST, target: "_blank", rel: "noopener" }, words.missing));
      this.#frame = make("iframe", {
        title: name,
        allow: "clipboard-write",
        referrerpolicy: "strict-origin",
        sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
        src: `${HOST}/embed?${new URLSearchParams({ site, lang: language, accent: colour, launcher: this.#isLauncher })}`,
      });
      this.#all = make("div", { class: "all", lang: WORDS[language] ? language : "en" }, this.#button);
      this.#all.style.setProperty("--accent", colour || "#14505c");
      this.#all.style.setProperty("--on", textOn(colour || "#14505c"));
      if (this.#isLauncher) this.#launch();

      const sheet = new CSSStyleSheet();
      sheet.replaceSync(LOOK);
      const root = this.attachShadow({ mode: "open", delegatesFocus: true });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#all);
      if ("open" in this.dataset && !PHONE.matches) this.#show();
    }

    /** Open the panel and put the focus in it. */
    open() {
      this.#before = document.activeElement;
      this.#show();
      this.#frame.focus();
      this.#send({ focus: true });
    }

    /** Close the panel and give the focus back. */
    close() {
      if (!this.#isOpen || !this.#isLauncher) return;
      this.#isOpen = false;
      const focused = document.activeElement;
      this.#panel.close();
      this.#button.ariaExpanded = false;
      if (focused === this || focused === document.body) {
        this.#button.focus();
        this.#before?.focus(); // unless it is gone by now
      }
      this.#tell("close");
    }

    /** Open the panel and ask a question. */
    ask(question) {
      this.open();
      this.#send({ ask: `${question}` });
    }

    get #isLauncher() {
      return "launcher" in this.dataset;
    }

    #launch() {
      this.#button.className = "launcher";
      this.#button.ariaExpanded = false;
      this.#all.append(this.#panel);
      this.#panel.onclose = () => this.#panel.open || this.close(); // Escape or Back on a phone
      PHONE.onchange = () => this.#isOpen && (this.#panel.close(), this.#display());
      addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    }

    #display() {
      if (PHONE.matches) this.#panel.showModal();
      else this.#panel.open = true; // show() would take the focus
    }

    #show() {
      if (this.#isOpen) return;
      this.#isOpen = true;
      if (!this.#frame.parentNode) this.#load();
      if (!this.#isLauncher) this.#button.replaceWith(this.#panel);
      else this.#display();
      this.#button.ariaExpanded = true;
      this.#tell("open");
    }

    #load() {
      this.#frame.onload = () => this.#post({ hello: true });
      addEventListener("message", ({ origin, source, data }) => {
        if (origin === HOST && source === this.#frame.contentWindow) this.#hear(data.event, data.detail);
      });
      this.#panel.prepend(this.#frame);
    }

    #post(message) {
      this.#frame.contentWindow.postMessage(message, HOST);
    }

    #send(message) {
      if (this.#waiting) this.#waiting.push(message);
      else this.#post(message);
    }

    #hear(event, detail) {
      if (event === "close") return this.close();
      this.#tell(event, detail);
      if (event !== "ready" || !this.#waiting) return;
      this.#panel.lastChild.remove();
      this.#waiting.forEach((message) => this.#post(message));
      this.#waiting = null;
    }

    #tell(event, detail) {
      this.dispatchEvent(new CustomEvent(`${NAME}:${event}`, { bubbles: true, detail }));
    }
  }

  if (customElements.get(NAME)) return;
  customElements.define(NAME, PolicyAssistant);
  if (!script.dataset.site) return;
  window.policyAssistant = document.createElement(NAME);
  Object.assign(window.policyAssistant.dataset, script.dataset, { launcher: "" });
  document.body.append(window.policyAssistant);
})();
