import { createTheme, defaultVariantColorsResolver } from '@mantine/core'

/* The style sheets of the Mantine components in use, base first. Each is loaded once, here. */
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/VisuallyHidden.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Group.css'
import '@mantine/core/styles/Stack.css'
import '@mantine/core/styles/Loader.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/Button.css'
import '@mantine/core/styles/Checkbox.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/PasswordInput.css'
import '@mantine/core/styles/Switch.css'
import './theme.css'

/**
 * Colours and sizes are CSS variables in theme.css: a theme of them would need a style element,
 * which the page's security policy refuses. The accent is light in the dark, so text on it changes.
 */
export const THEME = createTheme({
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...colors, color: 'var(--florin-on-accent)' } : colors
  },
})
