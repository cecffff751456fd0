package io.graft.pipelines.domain;

/** Documents that tests run. */
final class Documents {
    /** Two jobs beside each other, a gate, an approval, a promotion that is undone when what follows is held. */
    static final String CHAIN = """
            inputs:
              base: {type: string, default: tenants/default/models/b/versions/1}
            steps:
              - id: a
                job: {kind: graft, spec: {diff: x, target: "${{ inputs.base }}", output_model: m}}
                retries: {max: 1, backoff: 1s}
              - id: b
                job: {kind: graft, spec: {diff: y, target: "${{ inputs.base }}", output_model: m}}
                timeout: 1h
              - id: gate
                needs: [a, b]
                gate: {condition: "steps.a.metrics['quality'] > 0.5", reason: "quality is ${{ string(steps.a.metrics['quality']) }}"}
              - id: ask
                needs: [gate]
                approval: {message: "May ${{ inputs.base }} go?"}
              - id: promote
                needs: [ask, a]
                promote: {alias: tenants/default/models/m/aliases/champion, version: "${{ steps.a.output }}"}
                compensate:
                  promote: {alias: tenants/default/models/m/aliases/champion, version: "${{ steps.promote.previous_version }}"}
              - id: watch
                needs: [promote]
                job: {kind: evaluate, spec: {version: v, objective: {name: causal_lm}}}
              - id: regression
                needs: [watch]
                gate: {condition: "steps.watch.verdict != 'FAIL'"}
            """;

    /** One chain for each item. */
    static final String FAN_OUT = """
            inputs:
              base: {type: string, default: tenants/default/models/b/versions/1}
            steps:
              - id: each
                each:
                  derived_from: ${{ inputs.base }}
                  when: item.kind == ArtifactKind.ARTIFACT_KIND_DIFF
                  steps:
                    - id: graft
                      job: {kind: graft, spec: {diff: "${{ item.version }}", target: t, output_model: "${{ item.model }}-new"}}
                    - id: gate
                      needs: [graft]
                      gate: {condition: "steps.graft.metrics['quality'] > 0.5"}
              - id: done
                needs: [each]
                approval: {message: "${{ string(steps.each.metrics['succeeded']) }} are done"}
            """;

    private Documents() {}
}
