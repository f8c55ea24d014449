/** A list in the middle of which something else stands, or bytes that are not the whole of one. */
export class GarbledAnswer extends Error {
  constructor() {
    super('the answer breaks off or is garbled');
    this.name = 'GarbledAnswer';
  }
}
