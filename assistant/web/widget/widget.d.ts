/** What the page of a partner can do with the assistant, and hears from it. See docs/embedding.md. */

/** What became of a question; its words are never told. */
interface PolicyAssistantReplied {
  kind: "answer" | "closest" | "clarification" | "abstention" | "courtesy" | "failure";
}

interface PolicyAssistantEventMap {
  /** The panel was opened. */
  "policy-assistant:open": CustomEvent<undefined>;
  /** The panel was closed. */
  "policy-assistant:close": CustomEvent<undefined>;
  /** The assistant is loaded and listens. */
  "policy-assistant:ready": CustomEvent<undefined>;
  /** A question was sent. */
  "policy-assistant:asked": CustomEvent<undefined>;
  /** What became of it is shown. */
  "policy-assistant:replied": CustomEvent<PolicyAssistantReplied>;
}

/** `<policy-assistant data-site="KEY">`: an assistant within the page, or behind a launcher with `data-launcher`. */
declare class PolicyAssistant extends HTMLElement {
  /** Open the panel and put the focus in it; the first time, this loads the assistant. */
  open(): void;
  /** Close the panel and give the focus back to what opened it, or to the launcher; an assistant within the page stays. */
  close(): void;
  /** Open the panel and ask a question. */
  ask(question: string): void;
  addEventListener<K extends keyof PolicyAssistantEventMap>(
    type: K,
    listener: (event: PolicyAssistantEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

interface HTMLElementTagNameMap {
  "policy-assistant": PolicyAssistant;
}

interface DocumentEventMap extends PolicyAssistantEventMap {}

interface Window {
  /** The assistant behind the launcher, once the script with `data-site` has run. */
  policyAssistant?: PolicyAssistant;
}
