package dev.parlor.internal.doctor;

import dev.parlor.DoctorReport;
import dev.parlor.DoctorReport.Code;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Kind;

/** Judges what was seen. Looks at nothing itself, so that what was seen can be made up. */
public final class Diagnosis {
    private Diagnosis() {}

    /** What follows from what was seen. */
    public static DoctorReport of(Observations seen) {
        Findings findings = new Findings();
        Asked asked = seen.asked();
        if (asked.kind() == Kind.THIS_MACHINE) {
            findings.note(Code.THIS_MACHINE_ONLY, "The builder says nothing of networks, so the room is for programs on this machine.",
                    "To meet other machines, call lan(), hosts(…) or folder(…), and the same in all programs.");
        } else if (asked.kind() == Kind.OTHER) {
            findings.note(Code.NOT_LOOKED_FOR, "The room has a stack or servers of its own: others were not looked for.",
                    "Look at the network by a builder with lan() or hosts(…), which shows whether others are reached at all.");
        }
        seen.surroundings().ifPresent(others -> {
            new PeerFindings(seen, others, findings).find();
            new HostFindings(seen, others, findings).find();
        });
        new MachineFindings(seen, findings).find();
        return new DoctorReport(asked.room(), asked.reach(), findings.all());
    }
}
