package dev.parlor.demo.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The app uses Parlor as any other program does, and what it does can be tested without a window. */
@AnalyzeClasses(packages = "dev.parlor.demo", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String DEMO = "dev.parlor.demo";
    private static final String DESKTOP = DEMO + ".desktop";
    private static final String MODEL = DESKTOP + ".model";
    private static final String VIEW = DESKTOP + ".view";

    @ArchTest
    static final ArchRule ONLY_THE_PUBLIC_API = noClasses().should().dependOnClassesThat().resideInAPackage("dev.parlor.internal..");

    @ArchTest
    static final ArchRule MODELS_HAVE_NO_WINDOWS = noClasses().that().resideInAnyPackage("..desktop.model..", "..desktop.state")
            .should().dependOnClassesThat().resideInAnyPackage("javax.swing..", "java.awt..", "..desktop.view..", "..desktop.net");

    @ArchTest
    static final ArchRule VIEWS_KNOW_NO_COMMAND_LINE = noClasses().that().resideInAPackage("..desktop.view..")
            .should().dependOnClassesThat().resideInAnyPackage(DEMO, DESKTOP, DEMO + ".chat", DEMO + ".tour..", "picocli..");

    @ArchTest
    static final ArchRule PARTS_OF_VIEWS_KNOW_NO_ROOM = classes().that().resideInAPackage(VIEW + ".part")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax..", "com.formdev.flatlaf..", "net.miginfocom..",
                    "org.kordamp.ikonli..", DESKTOP + ".state", MODEL + ".shown", VIEW + ".part");

    /** The four programs of the demo, which share two records and two helpers. */
    @ArchTest
    static final ArchRule PROGRAMS_DO_NOT_KNOW_EACH_OTHER = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("command line").definedBy(DEMO)
            .layer("desktop").definedBy(DESKTOP + "..")
            .layer("tour").definedBy(DEMO + ".tour")
            .layer("peer").definedBy(DEMO + ".tour.peer")
            .layer("chat").definedBy(DEMO + ".chat")
            .layer("doctor").definedBy(DEMO + ".doctor")
            .layer("shared").definedBy(DEMO + ".shared")
            .layer("text").definedBy(DEMO + ".text")
            .layer("jvm").definedBy(DEMO + ".jvm")
            .whereLayer("command line").mayNotBeAccessedByAnyLayer()
            .whereLayer("desktop").mayOnlyBeAccessedByLayers("command line")
            .whereLayer("tour").mayOnlyBeAccessedByLayers("command line")
            .whereLayer("chat").mayOnlyBeAccessedByLayers("command line")
            .whereLayer("doctor").mayOnlyBeAccessedByLayers("command line")
            .whereLayer("peer").mayOnlyBeAccessedByLayers("tour")
            .whereLayer("shared").mayOnlyBeAccessedByLayers("peer", "chat")
            .whereLayer("text").mayOnlyBeAccessedByLayers("chat", "desktop")
            .whereLayer("jvm").mayOnlyBeAccessedByLayers("peer", "tour", "desktop");

    /** From the bottom: each layer is known to those that are named, and to no other. */
    @ArchTest
    static final ArchRule THE_WINDOW_IS_IN_LAYERS = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("state").definedBy(DESKTOP + ".state")
            .layer("network").definedBy(DESKTOP + ".net")
            .layer("join").definedBy(MODEL + ".join")
            .layer("shown").definedBy(MODEL + ".shown")
            .layer("model").definedBy(MODEL)
            .layer("part").definedBy(VIEW + ".part")
            .layer("inside").definedBy(VIEW + ".stage", VIEW + ".side", VIEW + ".inspector")
            .layer("windows").definedBy(VIEW)
            .layer("command").definedBy(DESKTOP)
            .whereLayer("network").mayOnlyBeAccessedByLayers("inside", "command")
            .whereLayer("join").mayOnlyBeAccessedByLayers("model", "windows", "command")
            .whereLayer("shown").mayOnlyBeAccessedByLayers("model", "part", "inside", "windows")
            .whereLayer("model").mayOnlyBeAccessedByLayers("inside", "windows", "command")
            .whereLayer("part").mayOnlyBeAccessedByLayers("inside", "windows")
            .whereLayer("inside").mayOnlyBeAccessedByLayers("windows")
            .whereLayer("windows").mayOnlyBeAccessedByLayers("command")
            .whereLayer("command").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_CYCLES_WITHIN = SlicesRuleDefinition.slices().matching("dev.parlor.(**)").should().beFreeOfCycles();
}
