/** What goes wrong beside an answer, told once: before anybody looks it is kept, afterwards handed to who shows it. */
export class Notices {
  #waiting: string[] = [];
  #show: ((text: string) => void) | undefined;

  tell(text: string): void {
    if (this.#show === undefined) this.#waiting.push(text);
    else this.#show(text);
  }

  /** From now on `show` is told, first of all what waits. */
  showWith(show: (text: string) => void): void {
    this.#show = show;
    for (const text of this.#waiting.splice(0)) show(text);
  }
}
