// Places in an article's text on the page: where an offset is, so that a stretch of text can be lit up.

/** The text nodes of what is shown, by the offset of their first character. */
class Places {
  constructor() {
    this.starts = [];
    this.nodes = [];
  }

  add(start, node) {
    this.starts.push(start);
    this.nodes.push(node);
  }

  /** The stretch from one offset to another as a range of the page. */
  range(from, to) {
    const range = new Range();
    range.setStart(...this.#at(from, true));
    range.setEnd(...this.#at(to, false));
    return range;
  }

  /** The node that an offset lies in; between two it is the later one for a start, the earlier one for an end. */
  #at(offset, isStart) {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] < offset || (isStart && this.starts[middle] === offset)) low = middle + 1;
      else high = middle;
    }
    const k = Math.max(0, low - 1);
    return [this.nodes[k], Math.min(offset - this.starts[k], this.nodes[k].length)];
  }
}
