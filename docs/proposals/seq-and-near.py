# The linear algorithms for `seq` and `near` of rule-language-2.md, and brute force beside them: 120,000 random cases.
import random, itertools
from collections import deque


def tight(S):
    best = {}
    first = {}
    for s, e in S:
        best[e] = max(best.get(e, -1), s)
        first[s] = min(first.get(s, 10**9), e)
    return {(s, e) for e, s in best.items()} | {(s, e) for s, e in first.items()}


def naive_seq(X, G, N, within, unit):
    S = set()
    for c in itertools.product(*X):
        ok = True
        for i in range(len(c) - 1):
            e, s = c[i][1], c[i + 1][0]
            if not (e <= s and G[i][0] <= s - e <= G[i][1]):
                ok = False
                break
            if any(n[0] >= e and n[1] <= s for n in N[i]):
                ok = False
                break
        if ok:
            s, e = c[0][0], c[-1][1]
            if (within is None or e - s <= within) and unit[s] == unit[e - 1]:
                S.add((s, e))
    return tight(S)


def fwd(X, G, N, within, unit):
    F = [(a, a[0]) for a in X[0]]
    for i in range(1, len(X)):
        A = sorted(F, key=lambda t: t[0][1])
        B = sorted(X[i])
        Ns = sorted(N[i - 1], key=lambda n: n[1])
        D = deque()
        p = 0
        q = 0
        L = -1
        out = []
        lo, hi = G[i - 1]
        for b in B:
            while p < len(A) and A[p][0][1] <= b[0] and b[0] - A[p][0][1] >= lo:
                while D and D[-1][1] <= A[p][1]:
                    D.pop()
                D.append((A[p][0][1], A[p][1]))
                p += 1
            while q < len(Ns) and Ns[q][1] <= b[0]:
                L = max(L, Ns[q][0])
                q += 1
            while D and (b[0] - D[0][0] > hi or D[0][0] <= L):
                D.popleft()
            if D:
                out.append((b, D[0][1]))
        F = out
    best = {}
    for b, s in F:
        e = b[1]
        if (within is None or e - s <= within) and unit[s] == unit[e - 1]:
            best[e] = max(best.get(e, -1), s)
    return {(s, e) for e, s in best.items()}


def mirror(X, G, N, within, unit, n):
    m = lambda s: (n - s[1], n - s[0])
    r = fwd([[m(a) for a in x] for x in X[::-1]], G[::-1], [[m(a) for a in x] for x in N[::-1]], within, unit[::-1])
    return {m(a) for a in r}


def seq(X, G, N, within, unit, n):
    return fwd(X, G, N, within, unit) | mirror(X, G, N, within, unit, n)


def naive_near(X, within, unit):
    S = set()
    for c in itertools.product(*X):
        o = sorted(c)
        if all(o[i][1] <= o[i + 1][0] for i in range(len(o) - 1)):
            s, e = o[0][0], o[-1][1]
            if e - s <= within and unit[s] == unit[e - 1]:
                S.add((s, e))
    return tight(S)


def nearf(X, within, unit):
    m = len(X)
    full = (1 << m) - 1
    ent = sorted((a, p) for p, x in enumerate(X) for a in x)
    g = [None] * len(ent)
    f = [-1] * (full + 1)
    byend = sorted(range(len(ent)), key=lambda i: ent[i][0][1])
    q = 0
    best = {}
    for i, (b, p) in enumerate(ent):
        while q < len(byend) and ent[byend[q]][0][1] <= b[0]:
            j = byend[q]
            q += 1
            for k in range(full + 1):
                f[k] = max(f[k], g[j][k])
        v = [-1] * (full + 1)
        v[1 << p] = b[0]
        for k in range(full + 1):
            if f[k] >= 0 and not k >> p & 1:
                v[k | 1 << p] = max(v[k | 1 << p], f[k])
        g[i] = v
        if v[full] >= 0:
            s, e = v[full], b[1]
            if e - s <= within and unit[s] == unit[e - 1]:
                best[e] = max(best.get(e, -1), s)
    return {(s, e) for e, s in best.items()}


def near(X, within, unit, n):
    m = lambda s: (n - s[1], n - s[0])
    return nearf(X, within, unit) | {m(a) for a in nearf([[m(a) for a in x] for x in X], within, unit[::-1])}


R = random.Random(1)


def spans(n, k):
    r = set()
    for _ in range(R.randint(0, k)):
        s = R.randrange(n)
        e = min(n, s + R.randint(1, 4))
        r.add((s, e))
    return sorted(r)


bad = 0
nonempty = 0
for t in range(60000):
    n = R.randint(6, 24)
    unit = []
    u = 0
    for i in range(n):
        if R.random() < 0.12:
            u += 1
        unit.append(u)
    k = R.randint(2, 4)
    X = [spans(n, 5) for _ in range(k)]
    G = []
    for _ in range(k - 1):
        a = R.randint(0, 2)
        G.append((a, a + R.randint(0, 8)))
    N = [spans(n, 2) if R.random() < 0.5 else [] for _ in range(k - 1)]
    w = R.choice([None, R.randint(3, 16)])
    a = naive_seq(X, G, N, w, unit)
    b = tight(seq(X, G, N, w, unit, n))
    nonempty += bool(a)
    if a != b:
        bad += 1
        print("seq", a, b, X, G, N, w, unit)
    w2 = R.randint(3, 20)
    a = naive_near(X, w2, unit)
    b = tight(near(X, w2, unit, n))
    nonempty += bool(a)
    if a != b:
        bad += 1
        print("near", a, b, X, w2, unit)
    if bad > 3:
        break
print("bad", bad, "nonempty", nonempty)
