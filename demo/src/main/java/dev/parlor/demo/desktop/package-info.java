/**
 * The desktop app's command line: it reads what a person types, opens the first window and starts more of them. It is the one
 * place that puts models, views and network together. Only the command line of the demo calls it.
 */
package dev.parlor.demo.desktop;
