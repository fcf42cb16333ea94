package dev.parlor.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The benchmarks of the parts that need no network. */
@Command(name = "pure", description = "JMH benchmarks of encode, apply, digest and read; takes JMH's options")
final class Pure implements Callable<Integer> {
    @Unmatched
    private String[] options = {};

    @Override
    public Integer call() throws Exception {
        Main.main(options);
        return 0;
    }
}
