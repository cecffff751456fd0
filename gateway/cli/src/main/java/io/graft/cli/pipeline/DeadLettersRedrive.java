package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Fields;
import io.graft.v1.DeadLetter;
import io.graft.v1.RedriveDeadLetterRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "redrive",
        description =
                "Send a dead letter again on the topic that it came on. A service that has taken the event does nothing.")
final class DeadLettersRedrive implements Callable<Integer> {
    @Parameters(paramLabel = "LETTER", description = "the dead letter, as 'deadletters list' names it")
    String letter = "";

    @Option(names = "--validate-only", description = "only check whether it is there")
    boolean validateOnly;

    private final Invocation invocation;

    DeadLettersRedrive(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        DeadLetter sent = invocation
                .services()
                .pipelines()
                .redriveDeadLetter(RedriveDeadLetterRequest.newBuilder()
                        .setName(invocation.names().deadLetter(letter))
                        .setValidateOnly(validateOnly)
                        .build());
        invocation
                .output()
                .result(
                        sent,
                        out -> new Fields()
                                .add("letter", sent.getName())
                                .add("topic", sent.getTopic())
                                .add("event", sent.getEventId())
                                .add("type", sent.getEventType())
                                .add("reason", sent.getReason())
                                .print(out));
        return ExitCode.OK.value();
    }
}
