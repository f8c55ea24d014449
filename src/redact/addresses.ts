const IPV4 = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g;
const IPV6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}(?![\w:])|(?<![\w:.])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])/gi;
const EMAIL = /(?<![\w.+%-])[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w-])/g;
const PLACEHOLDER = /\[(?:ip|email)-\d+\]/g;

/** Addresses behind stable placeholders: the same address is the same placeholder for as long as the book lives. */
export class AddressBook {
  readonly #placeholders = new Map<string, string>();
  readonly #addresses = new Map<string, string>();

  hideIps(text: string): string {
    const hidden = text.replace(IPV4, (address) => this.#placeholder('ip', address));
    return hidden.includes(':') ? hidden.replace(IPV6, (address) => this.#placeholder('ip', address)) : hidden;
  }

  hideEmails(text: string): string {
    return text.includes('@') ? text.replace(EMAIL, (address) => this.#placeholder('email', address)) : text;
  }

  restore(text: string): string {
    return text.replace(PLACEHOLDER, (placeholder) => this.#addresses.get(placeholder) ?? placeholder);
  }

  #placeholder(kind: 'ip' | 'email', address: string): string {
    const known = this.#placeholders.get(address);
    if (known !== undefined) return known;
    const placeholder = `[${kind}-${this.#placeholders.size + 1}]`;
    this.#placeholders.set(address, placeholder);
    this.#addresses.set(placeholder, address);
    return placeholder;
  }
}
