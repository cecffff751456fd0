"""Losses that PyTorch reaches on tiny-shakespeare; ShakespeareTest compares its own with them.

Prints the JSON that is stored as shakespeare_reference.json. Needs torch and transformers.
"""
import gzip
import json
import sys

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

BLOCK, BATCH, STEPS, RATE = 65, 16, 300, 2e-3


def blocks(path):
    text = gzip.open(path, "rt", encoding="utf-8").read()
    alphabet = sorted(set(text))
    ids = torch.tensor([alphabet.index(c) for c in text[:400_000]])
    held = torch.tensor([alphabet.index(c) for c in text[-65 * 100 :]])
    count = len(ids) // BLOCK
    return len(alphabet), ids[: count * BLOCK].view(count, BLOCK), held.view(100, BLOCK)


def run(seed, vocabulary, rows, held):
    torch.manual_seed(seed)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=vocabulary,
            hidden_size=64,
            intermediate_size=192,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=4,
            max_position_embeddings=128,
            tie_word_embeddings=False,
        )
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    order = torch.randperm(len(rows))
    for step in range(STEPS):
        batch = rows[order[step * BATCH : (step + 1) * BATCH]]
        loss = model(input_ids=batch, labels=batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
    with torch.no_grad():
        return model(input_ids=held, labels=held).loss.item()


torch.set_num_threads(1)
vocabulary, rows, held = blocks(sys.argv[1])
losses = [run(seed, vocabulary, rows, held) for seed in range(3)]
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__, "held_out_losses": losses}))
