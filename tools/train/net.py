"""The network: MiniLM encoder with case classes, and the same set of heads after each exit layer."""

import torch
import torch.nn as nn
import torch.nn.functional as F

POSITIONS = 256
TAG_TASKS = ("upos", "xpos", "feats", "lemma", "ner", "mil", "milin", "attr")
ARC, REL = 256, 96


class Dropout(nn.Module):
    """Dropout with one mask a sentence, the same for all its words: cheaper on a CPU, and usual for biaffine parsers."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], dtype=torch.float32) >= self.rate
        return x * (mask.to(x.dtype) / (1 - self.rate))


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner, dropout):
        super().__init__()
        self.heads, self.size = heads, hidden // heads
        self.qkv, self.out, self.ln1 = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden), nn.LayerNorm(hidden, 1e-12)
        self.up, self.down, self.ln2 = nn.Linear(hidden, inner), nn.Linear(inner, hidden), nn.LayerNorm(hidden, 1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        # Written out, and without dropout inside: on one CPU thread the fused kernel is slower on short sentences.
        y = torch.softmax(q @ k.transpose(-1, -2) * self.size**-0.5 + mask, -1).to(v.dtype) @ v
        x = self.ln1(x + self.drop(self.out(y.transpose(1, 2).reshape(b, t, h))))
        return self.ln2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, layers=6, hidden=384, heads=12, inner=1536, vocab=30522, cases=8, dropout=0.1):
        super().__init__()
        self.word, self.pos, self.case = nn.Embedding(vocab, hidden), nn.Embedding(POSITIONS, hidden), nn.Embedding(cases, hidden)
        self.ln, self.drop = nn.LayerNorm(hidden, 1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner, dropout) for _ in range(layers))

    def load_base(self, path):
        """Start from the base model; its unused token-type table becomes the case table."""
        from safetensors.torch import load_file

        w = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        e = "embeddings."
        self.word.weight.data.copy_(w[e + "word_embeddings.weight"])
        self.pos.weight.data.copy_(w[e + "position_embeddings.weight"][:POSITIONS])
        self.case.weight.data.copy_(w[e + "token_type_embeddings.weight"][:1].expand_as(self.case.weight))
        self.ln.weight.data.copy_(w[e + "LayerNorm.weight"])
        self.ln.bias.data.copy_(w[e + "LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [w[f"{p}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
                for module, name in (
                    (layer.out, "attention.output.dense"),
                    (layer.ln1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.ln2, "output.LayerNorm"),
                ):
                    getattr(module, kind).data.copy_(w[f"{p}{name}.{kind}"])

    def forward(self, ids, mask, case, exits):
        """States after each exit layer."""
        x = self.drop(self.ln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.case(case)))
        additive = (1.0 - mask)[:, None, None, :] * -1e4
        states = []
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, additive)
            if number in exits:
                states.append(x)
        return states


class Heads(nn.Module):
    """Taggers and a biaffine parser over the states of one exit."""

    def __init__(self, labels, hidden=384, dropout=0.33):
        super().__init__()
        self.sizes = [len(labels["mil" if t == "milin" else t]) for t in TAG_TASKS]
        self.tags = nn.Linear(hidden, sum(self.sizes))
        self.mlp = nn.Linear(hidden, 2 * ARC + 2 * REL)
        self.root = nn.Parameter(torch.empty(hidden))
        self.n_rel = len(labels["rel"])
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.arc_head = nn.Linear(ARC, 1, bias=False)
        self.rel = nn.Linear(REL, self.n_rel * REL, bias=False)
        self.rel_dep, self.rel_head = nn.Linear(REL, self.n_rel), nn.Linear(REL, self.n_rel, bias=False)
        self.drop = Dropout(dropout)
        nn.init.normal_(self.root, std=0.02)
        nn.init.orthogonal_(self.arc.weight)
        nn.init.normal_(self.rel.weight, std=0.05)

    def project(self, h):
        """Words as dependents and (with the root first) as heads, for arcs and for relations."""
        with_root = torch.cat([self.root.to(h.dtype).expand(h.shape[0], 1, -1), h], 1)
        arc_dep, arc_head, rel_dep, rel_head = self.drop(F.gelu(self.mlp(with_root))).split([ARC, ARC, REL, REL], -1)
        return arc_dep[:, 1:], arc_head, rel_dep[:, 1:], rel_head

    def arcs(self, dep, head):
        """[B, W, W+1]: score of every head for every word."""
        return self.arc(dep) @ head.transpose(1, 2) + self.arc_head(head).transpose(1, 2)

    def relations_at(self, dep, head, heads):
        """[B, W, R] at the given heads."""
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, REL))
        b, w, _ = dep.shape
        scores = self.rel(dep).view(b, w, self.n_rel, REL) @ chosen.unsqueeze(-1)
        return scores.squeeze(-1) + self.rel_dep(dep) + self.rel_head(chosen)

    def relations(self, dep, head):
        """[B, W, W+1, R] at every head."""
        b, w, _ = dep.shape
        scores = self.rel(dep).view(b, w * self.n_rel, REL) @ head.transpose(1, 2)
        scores = scores.view(b, w, self.n_rel, w + 1).transpose(2, 3)
        return scores + self.rel_dep(dep).unsqueeze(2) + self.rel_head(head).unsqueeze(1)

    def forward(self, h):
        h = self.drop(h)
        out = dict(zip(TAG_TASKS, self.tags(h).split(self.sizes, -1)))
        arc_dep, arc_head, rel_dep, rel_head = self.project(h)
        return out, self.arcs(arc_dep, arc_head), (rel_dep, rel_head)


class Model(nn.Module):
    def __init__(self, labels):
        super().__init__()
        self.exits = labels["layers"]
        self.enc = Encoder(max(self.exits))
        self.heads = nn.ModuleList(Heads(labels) for _ in self.exits)

    def forward(self, ids, mask, case, pos):
        """One (tag logits, arc scores, relation projections) an exit, words pooled at their first piece."""
        states = self.enc(ids, mask, case, self.exits)
        return [head(x.reshape(-1, x.shape[-1])[pos]) for head, x in zip(self.heads, states)]
