import { Component, type ReactNode } from 'react';

/** Shows `otherwise` if its content cannot be drawn, so that one bad block never breaks the page. */
export class Boundary extends Component<{ children: ReactNode; otherwise: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? this.props.otherwise : this.props.children;
  }
}
