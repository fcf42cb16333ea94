package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.group.Group;
import dev.parlor.bench.group.Writing;
import dev.parlor.bench.recording.Samples;
import dev.parlor.bench.report.FlameGraph;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the writer and a receiver are while one writes new keys that all hear, in JVMs that have just started: no figures, but pictures. */
final class Flame implements Workload {
    private static final int WARM_KEYS = 2_000;
    /** As often as a JVM allows: a JVM of 17 looks at eight threads at most each time. */
    private static final int SAMPLE_MILLIS = 1;
    /** Or the outermost frames of a receiver's thread, which comes through JGroups' whole stack, would be missing. */
    private static final String DEPTH = "-XX:FlightRecorderOptions=stackdepth=256";

    @Override
    public boolean suits(Kind kind) {
        return !kind.isFloor();
    }

    @Override
    public void measure(Kind kind, Scale scale, File log, Results results) throws Exception {
        try (Group group = Group.of(kind, Writing.JVMS, log, DEPTH)) {
            Writing writing = new Writing(group, kind != Kind.UNHEARD);
            writing.newKeys(WARM_KEYS);
            group.all("record " + SAMPLE_MILLIS);
            for (int i = 0; i < scale.repeats(); i++) {
                writing.newKeys(scale.firstKeys() * scale.longer());
            }
            draw(kind, group, 0, "writer", "Writer of new keys", results);
            draw(kind, group, 1, "receiver", "Receiver of new keys, which listens", results);
        }
    }

    private static void draw(Kind kind, Group group, int member, String id, String title, Results results) throws IOException {
        String name = kind == Kind.PARLOR ? id : kind.id() + "-" + id;
        Path recording = results.folder().resolve("flame-" + name + ".jfr");
        group.get(member).ask("recorded " + recording);
        FlameGraph graph = Samples.graph(recording);
        Files.writeString(results.folder().resolve("flame-" + name + ".svg"), graph.svg(title + " (" + kind.title() + ")"));
    }
}
