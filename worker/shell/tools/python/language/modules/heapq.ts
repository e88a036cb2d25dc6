/** `heapq`: heaps in lists. */
import type { BundledModule } from './index.ts';

export const heapq: BundledModule = {
  kind: 'source',
  source: String.raw`
def heappush(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at > 0:
        parent = (at - 1) >> 1
        if not item < heap[parent]:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item

def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _sift(heap, 0)
    return first

def _sift(heap, at):
    item = heap[at]
    while True:
        child = 2 * at + 1
        if child >= len(heap):
            break
        if child + 1 < len(heap) and not heap[child] < heap[child + 1]:
            child += 1
        if not heap[child] < item:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = item

def heapify(heap):
    for at in reversed(range(len(heap) // 2)):
        _sift(heap, at)

def heapreplace(heap, item):
    first = heap[0]
    heap[0] = item
    _sift(heap, 0)
    return first

def heappushpop(heap, item):
    return heapreplace(heap, item) if heap and heap[0] < item else item

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]

def merge(*iterables, key=None, reverse=False):
    return iter(sorted([item for one in iterables for item in one], key=key, reverse=reverse))
`,
};
