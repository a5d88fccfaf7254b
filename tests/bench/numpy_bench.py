# The information of six layers in numpy, the way the original's code does it: digitize, unique rows,
# plug-in sums.  Prints the best time in milliseconds, of the processor.
import time

import numpy as np

rng = np.random.default_rng(1)
x = np.array([[(k >> (11 - i)) & 1 for i in range(12)] for k in range(4096)], dtype=np.float32)
py_x = rng.random(4096)
layers, t = [], x
for a, b in (12, 10), (10, 7), (7, 5), (5, 4), (4, 3), (3, 2):
    t = np.tanh(t @ rng.normal(size=(a, b)).astype(np.float32) / np.float32(a ** 0.5))
    layers.append(t)
edges = np.linspace(-1, 1, 31)[1:-1]


def entropy(p):
    p = p[p > 0]
    return -(p * np.log2(p)).sum()


def measure(t):
    code = np.ascontiguousarray(np.digitize(t, edges).astype(np.uint8))
    rows = code.view(np.dtype((np.void, code.shape[1]))).ravel()
    _, which, count = np.unique(rows, return_inverse=True, return_counts=True)
    p_t = count / 4096
    p_1t = np.bincount(which, weights=py_x) / 4096
    h_y = entropy(np.array([py_x.mean(), 1 - py_x.mean()]))
    h_ty = entropy(np.concatenate([p_1t, p_t - p_1t]))
    return entropy(p_t), h_y + entropy(p_t) - h_ty


best = 1e9
for _ in range(40):
    start = time.process_time()
    for t in layers:
        measure(t)
    best = min(best, time.process_time() - start)
print(f"numpy_layers {1e3 * best:.4g} ms")
