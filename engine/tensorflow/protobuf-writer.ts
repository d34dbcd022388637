/** Writes protocol buffer messages (https://protobuf.dev/programming-guides/encoding) into one growing buffer. */
export class ProtobufWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A whole number of any integer type, boolean or enumeration; exact within ± 2^53, negative ones as two's complement of 64 bits. */
  integer(field: number, value: number): void {
    this.#varint(field << 3);
    this.#varint(value);
  }

  float(field: number, value: number): void {
    this.#varint((field << 3) | 5);
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  bytes(field: number, value: Uint8Array): void {
    this.#varint((field << 3) | 2);
    this.#varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  text(field: number, value: string): void {
    this.message(field, () => {
      this.#reserve(value.length * 3);
      this.#length += encoder.encodeInto(value, this.#bytes.subarray(this.#length)).written;
    });
  }

  /** A nested message: whatever `write` appends becomes its content. */
  message(field: number, write: () => void): void {
    this.#varint((field << 3) | 2);
    this.#reserve(1);
    const lengthAt = this.#length;
    this.#length += 1;
    write();
    const size = this.#length - lengthAt - 1;
    const lengthBytes = varintBytes(size);
    // Nearly every message is short enough for the one byte kept free; the few long ones move up.
    if (lengthBytes > 1) {
      this.#reserve(lengthBytes - 1);
      this.#bytes.copyWithin(lengthAt + lengthBytes, lengthAt + 1, this.#length);
    }
    this.#length = lengthAt;
    this.#varint(size);
    this.#length += size;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #varint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      let remaining = BigInt.asUintN(64, BigInt(value));
      for (; remaining > 127n; remaining >>= 7n) this.#bytes[this.#length++] = Number(remaining & 127n) | 128;
      this.#bytes[this.#length++] = Number(remaining);
      return;
    }
    let remaining = value;
    for (; remaining > 127; remaining = Math.floor(remaining / 128)) this.#bytes[this.#length++] = (remaining % 128) | 128;
    this.#bytes[this.#length++] = remaining;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

const encoder = new TextEncoder();

function varintBytes(value: number): number {
  let count = 1;
  for (let remaining = value; remaining > 127; remaining = Math.floor(remaining / 128)) count += 1;
  return count;
}
