package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.worker.JobRun;
import io.graft.v1.AssignmentInput;
import java.util.ArrayList;
import java.util.List;

/** What a report says of how it came about. */
public final class ReportFacts {
    private ReportFacts() {}

    /** The job, the versions that it read with their digests, and how they were measured. */
    public static List<Fact> of(JobRun run, String evaluator) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("job", run.assignment().getJob()));
        for (AssignmentInput input : run.assignment().getInputsList()) {
            facts.add(new Fact(input.getRole(), input.getVersion() + " " + input.getDigest()));
        }
        facts.add(new Fact("evaluator", evaluator));
        return facts;
    }
}
