# The same training in PyTorch, samples a second: a network of layers and an optimiser as its
# tutorials write it, and all networks at once by batched products.  On one thread the time is that of
# the processor, as for the engine.  usage: torch_bench.py THREADS
import sys
import time

import torch

WIDTHS, SAMPLES, RATE, NETWORKS = [12, 10, 7, 5, 4, 3, 2], 3482, 0.003, 50
torch.set_num_threads(int(sys.argv[1]))
clock = time.process_time if sys.argv[1] == "1" else time.perf_counter
torch.manual_seed(1)
X = torch.tensor([[(k >> (11 - i)) & 1 for i in range(12)] for k in range(4096)], dtype=torch.float32)
Y = torch.arange(4096) % 2


def best(epoch, seconds):
    """Samples a second of the fastest epoch."""
    rate, start = 0.0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        at = clock()
        samples = epoch()
        rate = max(rate, samples / (clock() - at))
    return rate


def one_network(batch):
    layers = []
    for i in range(6):
        layers += [torch.nn.Linear(WIDTHS[i], WIDTHS[i + 1]), torch.nn.Tanh()]
    net = torch.nn.Sequential(*layers[:-1])
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    loss = torch.nn.CrossEntropyLoss()

    def epoch():
        order = torch.randperm(SAMPLES)
        for a in range(0, SAMPLES, batch):
            chosen = order[a:a + batch]
            optimiser.zero_grad()
            loss(net(X[chosen]), Y[chosen]).backward()
            optimiser.step()
        return SAMPLES

    return best(epoch, 1.5)


def all_networks(batch):
    weights = [torch.randn(NETWORKS, WIDTHS[i], WIDTHS[i + 1]).div_(WIDTHS[i] ** 0.5).requires_grad_()
               for i in range(6)]
    biases = [torch.zeros(NETWORKS, 1, WIDTHS[i + 1], requires_grad=True) for i in range(6)]

    def epoch():
        order = torch.stack([torch.randperm(4096)[:SAMPLES] for _ in range(NETWORKS)])
        for a in range(0, SAMPLES, batch):
            chosen = order[:, a:a + batch]
            t = X[chosen]
            for i in range(6):
                t = torch.baddbmm(biases[i], t, weights[i])
                t = torch.tanh(t) if i < 5 else t
            loss = torch.nn.functional.cross_entropy(
                t.reshape(-1, 2), Y[chosen].reshape(-1), reduction="sum") / chosen.shape[1]
            gradient = torch.autograd.grad(loss, weights + biases)
            with torch.no_grad():
                for p, g in zip(weights + biases, gradient):
                    p.sub_(g, alpha=RATE)
        return NETWORKS * SAMPLES

    return best(epoch, 3.0)


def wide_network(batch):
    """The wide network of bench.c, on random images."""
    widths, images = [784, 1024, 20, 20, 20, 10], 4096
    layers = []
    for i in range(5):
        layers += [torch.nn.Linear(widths[i], widths[i + 1]), torch.nn.Tanh()]
    net = torch.nn.Sequential(*layers[:-1])
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
    loss = torch.nn.CrossEntropyLoss()
    x, y = torch.rand(images, widths[0]), torch.randint(widths[-1], (images,))

    def epoch():
        order = torch.randperm(images)
        for a in range(0, images, batch):
            chosen = order[a:a + batch]
            optimiser.zero_grad(set_to_none=True)
            loss(net(x[chosen]), y[chosen]).backward()
            optimiser.step()
        return images

    return best(epoch, 8.0)


print(f"torch_wide {wide_network(128):.4g} samples/s", flush=True)
for name, batch in ("64", 64), ("256", 256), ("512", 512), ("full", SAMPLES):
    print(f"torch_one_{name} {one_network(batch):.4g} samples/s")
    print(f"torch_all_{name} {all_networks(batch):.4g} samples/s", flush=True)
