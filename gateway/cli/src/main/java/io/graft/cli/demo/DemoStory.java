package io.graft.cli.demo;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateVerdict;
import io.graft.v1.Job;
import io.graft.v1.OutputForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Fine-tune on the old base, take the update, put it on the new base, and see what it is worth there. Every step's job is
 * found again when the demonstration is run again.
 */
final class DemoStory {
    private static final int STEPS = 14;
    private static final String TUNED = "movie-sentiment";
    private static final String HELD_OUT_METRIC = "eval_accuracy";

    private final Invocation invocation;
    private final DemoJobs jobs;
    private final double lambda;
    private final List<DemoInput> inputs = new ArrayList<>();
    private final Map<String, Double> accuracy = new LinkedHashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private int step;

    DemoStory(Invocation invocation, double lambda) {
        this.invocation = invocation;
        this.jobs = new DemoJobs(invocation);
        this.lambda = lambda;
    }

    /**
     * How it ended.
     *
     * @param graft the job that put the update on the new base
     * @param inputs models and data
     * @param accuracy on held-out rows, by model
     * @param seconds by step
     * @param gate whether the new base with the update may take the place of the old one, fine-tuned
     * @param gain what the update is worth on the new base
     */
    record End(
            Job graft,
            List<DemoInput> inputs,
            Map<String, Double> accuracy,
            Map<String, Double> seconds,
            DemoGate gate,
            DemoGate gain) {}

    End tell() throws IOException {
        Map<DemoModel, String> bases = new LinkedHashMap<>();
        for (DemoModel model : DemoModel.values()) {
            DemoInput input =
                    timed("get " + model.id(), model.description(), () -> new DemoInputs(invocation).model(model));
            inputs.add(input);
            bases.put(model, input.name());
        }
        begin("4,000 labelled snippets of film reviews");
        DemoInput data = new DemoInputs(invocation).data();
        inputs.add(data);
        return tell(
                new DemoSpecs(invocation.names().tenant(), data.name()),
                name(bases, DemoModel.BASE),
                name(bases, DemoModel.NEW_BASE),
                name(bases, DemoModel.RELATIVE));
    }

    private End tell(DemoSpecs specs, String v1, String v15, String e5) {
        Job tuned = timed(
                "finetune v1",
                "Fine-tune the old base with LoRA: are reviews positive or negative?",
                () -> jobs.finetune(specs.finetune(v1, TUNED + "-lora", OutputForm.OUTPUT_FORM_ADAPTER)));
        accuracy.put("v1_tuned", metric(tuned, HELD_OUT_METRIC));
        Job merged = timed(
                "merge",
                "Merge the adapter into the old base",
                () -> jobs.merge(specs.merge(tuned.getOutputs(0), TUNED)));
        String head = merged.getOutputs(0);
        Job diff = timed(
                "diff",
                "Take the update out: fine-tuned - old base",
                () -> jobs.diff(specs.diff(v1, head, TUNED + "-diff")));
        Job graft = timed(
                "graft v15",
                "Graft the update onto the new base",
                () -> jobs.graft(specs.graft(diff.getOutputs(0), v15, TUNED + "-v15", lambda)));
        Job relative = timed(
                "graft e5",
                "Graft the update onto a base of another lineage",
                () -> jobs.graft(specs.graft(diff.getOutputs(0), e5, TUNED + "-e5", lambda)));
        measure(specs, "v1", "The old base under the tuned head", v1, head);
        String grafted = graft.getOutputs(0);
        DemoGate gain = compare(
                specs.compare(grafted, v15, head),
                "v15",
                "The new base under the tuned head, with and without the update");
        compare(
                specs.compare(relative.getOutputs(0), e5, head),
                "e5",
                "The other lineage under the tuned head, with and without the update");
        Job again = timed(
                "finetune v15",
                "For comparison: fine-tune the new base afresh",
                () -> jobs.finetune(specs.finetune(v15, TUNED + "-v15-lora", OutputForm.OUTPUT_FORM_ADAPTER)));
        accuracy.put("v15_tuned", metric(again, HELD_OUT_METRIC));
        Job decided = timed(
                "gate v15_grafted",
                "Let a gate decide: may the grafted model take the place of the one that was fine-tuned?",
                () -> jobs.evaluate(specs.gate(grafted, head)));
        DemoGate gate = new DemoGate("v15_grafted", "v1_tuned", verdict(decided));
        return new End(graft, List.copyOf(inputs), accuracy, seconds, gate, gain);
    }

    private void measure(DemoSpecs specs, String key, String what, String version, String head) {
        Job job = timed("evaluate " + key, "Measure: " + what, () -> jobs.evaluate(specs.evaluate(version, head)));
        accuracy.put(key, metric(job, DemoSpecs.METRIC));
    }

    /** Measures a base without and with the update, on the same rows. */
    private DemoGate compare(EvaluateSpec spec, String key, String what) {
        Job job = timed("compare " + key, "Measure: " + what, () -> jobs.evaluate(spec));
        accuracy.put(key, metric(job, "baseline_" + DemoSpecs.METRIC));
        accuracy.put(key + "_grafted", metric(job, DemoSpecs.METRIC));
        return new DemoGate(key + "_grafted", key, verdict(job));
    }

    private static GateVerdict verdict(Job job) {
        if (!job.getResult().hasGate()) {
            throw new CommandException(
                    ExitCode.FAILED, "INTERNAL", job.getName() + " was to be decided by a gate, and has no verdict");
        }
        return job.getResult().getGate();
    }

    private static double metric(Job job, String name) {
        Double value = job.getResult().getMetricsMap().get(name);
        if (value == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "INTERNAL",
                    job.getName() + " says nothing of " + name + "; it measured "
                            + job.getResult().getMetricsMap().keySet());
        }
        return value;
    }

    private static String name(Map<DemoModel, String> bases, DemoModel model) {
        return String.valueOf(bases.get(model));
    }

    private <T> T timed(String key, String what, Supplier<T> work) {
        begin(what);
        long start = System.nanoTime();
        T result = work.get();
        seconds.put(key, Math.round((System.nanoTime() - start) / 1e8) / 10.0);
        return result;
    }

    private void begin(String what) {
        step++;
        invocation.output().note(step + "/" + STEPS + " " + what);
    }
}
