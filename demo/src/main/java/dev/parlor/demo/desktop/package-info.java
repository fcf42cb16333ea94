/** The desktop app's command line. */
package dev.parlor.demo.desktop;
