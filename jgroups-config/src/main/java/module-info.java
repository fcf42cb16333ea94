/** The JGroups stacks of Parlor, as resources in the folder {@code parlor-stacks}. It has no classes. */
module dev.parlor.jgroups.config {
}
