"""Looks for the nearest of all vectors, as one does with numpy: a product of a matrix and a vector, and a partition.

Arguments: a file of vectors and one of queries (numbers of 4 bytes, the lowest first), how many numbers each has, and
how many of the nearest are wanted. Each line of the input is a command: "find 0" prints the numbers of the nearest
vectors, a line for each query; "time S" searches for S seconds and prints how many milliseconds one search took.
"""

import sys
import time

import numpy as np

dimension, wanted = int(sys.argv[3]), int(sys.argv[4])
vectors = np.fromfile(sys.argv[1], dtype="<f4").reshape(-1, dimension)
queries = np.fromfile(sys.argv[2], dtype="<f4").reshape(-1, dimension)


def nearest(query):
    scores = vectors @ query
    best = np.argpartition(scores, len(scores) - wanted)[-wanted:]
    return best[np.argsort(-scores[best])]


def milliseconds(seconds):
    count = 0
    began = now = time.perf_counter()
    while now - began < seconds or count == 0:
        nearest(queries[count % len(queries)])
        count += 1
        now = time.perf_counter()
    return (now - began) * 1e3 / count


for line in sys.stdin:
    command, seconds = line.split()
    if command == "find":
        for query in queries:
            print(*nearest(query))
    else:
        print(milliseconds(float(seconds)))
    sys.stdout.flush()
