"""Prints the least time of a forward and backward pass of PEFT's LoRA on one linear layer, in milliseconds."""
import sys
import time

import torch
from peft import LoraConfig, get_peft_model

torch.set_num_threads(1)
torch.manual_seed(0)
dora = sys.argv[1] == "dora"
size, tokens, rank = 768, 256, 8
model = torch.nn.Sequential(torch.nn.Linear(size, size))
model = get_peft_model(model, LoraConfig(r=rank, lora_alpha=16, target_modules=["0"], use_dora=dora)).train()
x = torch.randn(tokens, size, requires_grad=True)
parameters = [p for p in model.parameters() if p.requires_grad]
least = 1e9
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    loss = model(x).sum()
    torch.autograd.grad(loss, [x, *parameters])
    least = min(least, time.perf_counter() - begin)
print("MILLISECONDS", least * 1000)
