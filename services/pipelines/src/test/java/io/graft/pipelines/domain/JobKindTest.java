package io.graft.pipelines.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JobKindTest {
    @Test
    void knowsEveryMethodOfTheApiThatSubmitsAJob() throws IOException {
        List<String> submits;
        try (InputStream descriptors = Objects.requireNonNull(
                JobKindTest.class.getResourceAsStream("/graft/descriptors.binpb"), "descriptors")) {
            submits = FileDescriptorSet.parseFrom(descriptors).getFileList().stream()
                    .flatMap(file -> file.getServiceList().stream())
                    .flatMap(service -> service.getMethodList().stream())
                    .map(MethodDescriptorProto::getName)
                    .filter(name -> name.startsWith("Submit"))
                    .toList();
        }
        assertThat(JobKind.all().values())
                .extracting(kind -> kind.submit().getName())
                .containsExactlyInAnyOrderElementsOf(submits);
        assertThat(JobKind.all().keySet()).contains("graft", "diff", "finetune", "merge", "train", "evaluate", "prune");
    }
}
