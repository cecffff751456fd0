package io.graft.engine.tensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Multiplies matrices until it is stopped. Arguments: how it ends, and a file to write when it computes. */
final class EndlessMain {
    private EndlessMain() {}

    public static void main(String[] args) throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        Torch torch = Torch.open(TorchSettings.threads(1).withStopGrace(Duration.ofMillis(500)));
        if (args[0].equals("orderly")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> asked.set(true)));
        }
        Tensor x = Tensors.full(torch, DType.F32, 0.01, 700, 700);
        Path ready = Path.of(args[1]);
        for (int step = 0; !asked.get(); step++) {
            try (Scope scope = torch.scope()) {
                x.matmul(x).matmul(x);
            }
            if (step == 3) {
                Files.writeString(ready, "ready");
                if (args[0].equals("exit")) {
                    System.exit(3);
                }
            }
        }
        Files.writeString(ready, "stored " + x.norm().item());
        torch.close();
    }
}
