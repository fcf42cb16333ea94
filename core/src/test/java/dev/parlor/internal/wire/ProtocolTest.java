package dev.parlor.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ProtocolDocument;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Rekey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/protocol.md name what is on the wire. */
class ProtocolTest {
    @Test
    void itsTableOfKindsIsTheTableOfKinds() {
        assertThat(ProtocolDocument.table("kind", "frame", "to", "skippable").stream()
                .map(row -> List.of(row.get(0), row.get(1), row.get(3))))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FrameKind.values()).map(kind -> List.of(
                        Integer.toString(kind.number()), kind.type().getSimpleName(),
                        FrameKind.isSkippable(kind.number()) ? "yes" : "no")).toList());
    }

    @Test
    void itsKindsOfMessagesAndStepsOfRekeyingAreThoseOfTheCode() {
        assertThat(numbered(ProtocolDocument.table("message kind", "name", "request", "payload")))
                .containsExactlyElementsOf(numbered(AppMessage.Kind.values()));
        assertThat(numbered(ProtocolDocument.table("step", "name", "to", "content")))
                .containsExactlyElementsOf(numbered(Rekey.Step.values()));
    }

    private static List<String> numbered(List<List<String>> rows) {
        return rows.stream().map(row -> row.get(0) + " " + row.get(1)).toList();
    }

    private static List<String> numbered(Enum<?>[] constants) {
        return Stream.of(constants).map(each -> each.ordinal() + " " + each.name()).toList();
    }
}
