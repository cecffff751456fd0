package io.graft.engine.weights.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Wall and processor time of one kind of step. The best counts, because what else the machine does only ever adds to it. */
final class Samples {
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    /** A step that can fail. */
    interface Step {
        void run() throws IOException;
    }

    void time(boolean counted, Step step) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        long before = System.nanoTime();
        step.run();
        long elapsed = System.nanoTime() - before;
        if (counted) {
            wall.add(elapsed / 1e9);
            cpu.add((system.getProcessCpuTime() - cpuBefore) / 1e9);
        }
    }

    double bestSeconds() {
        return Collections.min(wall);
    }

    /** Of this process only. */
    double bestCpuSeconds() {
        return Collections.min(cpu);
    }
}
