"""Trains a Llama when it is told to. Arguments: pytorch or peft, full or lora, threads, model folder.

Writes one JSON object when it is ready; each line on standard input is a number of steps, answered with their time.
"""
import json
import os
import sys
import time

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import torch  # noqa: E402
import transformers  # noqa: E402

library, mode, threads, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
BATCH, LENGTH, RATE, RANK, ALPHA, TARGETS = 8, 256, 1e-3, 8, 16, ("q_proj", "v_proj")


class LowRank(torch.nn.Module):
    """A frozen linear layer and its low-rank correction."""

    def __init__(self, base):
        super().__init__()
        self.base = base
        self.a = torch.nn.Parameter(torch.empty(RANK, base.in_features))
        self.b = torch.nn.Parameter(torch.zeros(base.out_features, RANK))
        torch.nn.init.kaiming_uniform_(self.a, a=5**0.5)

    def forward(self, x):
        linear = torch.nn.functional.linear
        return self.base(x) + linear(linear(x, self.a), self.b) * (ALPHA / RANK)


def adapt(model):
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for layer in model.model.layers:
        for name in TARGETS:
            setattr(layer.self_attn, name, LowRank(getattr(layer.self_attn, name)))
    return model


def say(answer):
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


torch.set_num_threads(threads)
torch.manual_seed(1)
versions = {"torch": torch.__version__, "transformers": transformers.__version__, "python": sys.version.split()[0]}
model = transformers.LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
model.config.use_cache = False
if library == "peft":
    import peft

    versions["peft"] = peft.__version__
    model = peft.get_peft_model(
        model, peft.LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=list(TARGETS), task_type="CAUSAL_LM")
    )
elif mode == "lora":
    model = adapt(model)
model.train()
trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01, fused=True)
ids = torch.tensor([(i * 2654435761 >> 7) % 8192 for i in range(BATCH * LENGTH)]).view(BATCH, LENGTH)
say(versions)

for line in sys.stdin:
    cpu, began, first = time.process_time(), time.perf_counter(), None
    for _ in range(int(line)):
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        first = loss.item() if first is None else first
    say({"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu, "loss": first})
