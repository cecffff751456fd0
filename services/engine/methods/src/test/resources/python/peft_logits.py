"""Loads an adapter with PEFT and prints logits as JSON. Arguments: base folder, adapter folder, input JSON."""
import json
import sys

import torch
import transformers
from peft import PeftModel

torch.set_num_threads(1)
base, adapter, given = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
family = {
    "llama": transformers.LlamaForCausalLM,
    "bert": transformers.BertForSequenceClassification,
    "vit": transformers.ViTForImageClassification,
}[given["family"]]
model = family.from_pretrained(base).float()
model = PeftModel.from_pretrained(model, adapter).eval()
with torch.no_grad():
    if given["family"] == "vit":
        x, y = torch.meshgrid(torch.arange(32.0), torch.arange(32.0), indexing="xy")
        pixels = torch.stack([torch.sin(x / 5), torch.cos(y / 7), torch.sin((x + y) / 9)])[None]
        logits = model(pixel_values=pixels).logits
    else:
        logits = model(input_ids=torch.tensor(given["ids"])).logits
print("LOGITS " + json.dumps(logits.flatten().tolist()))
